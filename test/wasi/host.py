"""Runs a WASI command in wasmtime, as a shell would: python host.py FILE ARGUMENT... with this process's standard input and output, and its folder open as '.'."""

import sys

import wasmtime

engine = wasmtime.Engine()
linker = wasmtime.Linker(engine)
linker.define_wasi()
store = wasmtime.Store(engine)
config = wasmtime.WasiConfig()
config.argv = ["tophash", *sys.argv[2:]]
config.inherit_stdin()
config.inherit_stdout()
config.inherit_stderr()
config.preopen_dir(".", ".")
store.set_wasi(config)
try:
    linker.instantiate(store, wasmtime.Module.from_file(engine, sys.argv[1])).exports(store)["_start"](store)
except wasmtime.ExitTrap as exit:
    sys.exit(exit.code)
