"""A host in wasmtime for a module for servers: python native_host.py MODULE KERNELS.

It offers `wasi_snapshot_preview1` and `tophash_native`, the latter from a shared library of the kernels, and does the same work with kernels and without. Prints how often
kernels were called, and whether answers and tables were the same.
"""

import ctypes
import random
import sys

import wasmtime

AVX512 = 1
ALWAYS = 0x80000000
ROWS = 512
ROUNDS = 40
ADD = 8

library = ctypes.CDLL(sys.argv[2])
engine = wasmtime.Engine()
module = wasmtime.Module.from_file(engine, sys.argv[1])


class Instance:
    def __init__(self, capabilities):
        self.store = wasmtime.Store(engine)
        self.store.set_wasi(wasmtime.WasiConfig())
        self.memory = wasmtime.Memory(self.store, wasmtime.MemoryType(wasmtime.Limits(2, 65535)))
        self.calls = 0
        linker = wasmtime.Linker(engine)
        linker.define_wasi()
        linker.define(self.store, "env", "memory", self.memory)
        for wanted in module.imports:
            if wanted.module == "tophash_native":
                function = (lambda: capabilities) if wanted.name == "caps" else self.kernel(wanted.name)
                linker.define_func("tophash_native", wanted.name, wanted.type, function)
        exports = linker.instantiate(self.store, module).exports(self.store)
        self.exports = exports
        exports["_initialize"](self.store)

    def kernel(self, name):
        kernel = getattr(library, f"tophash_{name}")
        kernel.restype = ctypes.c_uint32

        def call(*numbers):
            self.calls += 1
            address = ctypes.cast(self.memory.data_ptr(self.store), ctypes.c_void_p)
            size = ctypes.c_size_t(self.memory.data_len(self.store))
            answer = kernel(address, size, *(ctypes.c_uint32(number & 0xFFFFFFFF) for number in numbers))
            return answer - (1 << 32) if answer >= 1 << 31 else answer

        return call

    def call(self, name, *numbers):
        return self.exports[name](self.store, *numbers)

    def constant(self, name):
        return self.exports[name].value(self.store) & 0xFFFFFFFF

    def write(self, data, at):
        self.memory.write(self.store, data, at)

    def read(self, start, stop):
        return self.memory.read(self.store, start, stop)


sides = [Instance(AVX512), Instance(0)]
sides[0].call("setCapabilities", (AVX512 | ALWAYS) - (1 << 32))
staging = sides[0].constant("STAGING")
values, found = staging + ROWS * 4, staging + ROWS * 8
tables = [side.call("createOwned", 0, 416, -1, 3) for side in sides]
same = tables[0] == tables[1]
for _ in range(ROUNDS):
    rows = random.randrange(ROWS + 1)
    keys = b"".join(random.randrange(20_000).to_bytes(4, "little") for _ in range(rows))
    answers = []
    for side, table in zip(sides, tables):
        side.write(keys, staging)
        side.write(keys, values)
        written = side.call("putRows", table, staging, values, rows, ADD)
        hits = side.call("getRows", table, staging, rows, values, found)
        answers.append((written, hits, side.read(values, values + rows * 4), side.read(found, found + rows)))
    same = same and answers[0] == answers[1] and answers[0][:2] == (rows, rows)
control = sides[0].constant("CONTROL")
images = [bytes(side.read(control, side.memory.data_len(side.store))) for side in sides]
same = same and images[0] == images[1]
print(f"{sides[0].calls} calls of kernels, {sides[1].calls} without; {'same' if same else 'NOT the same'} answers and tables of {len(images[0])} bytes")
sys.exit(0 if same and sides[0].calls > ROUNDS and sides[1].calls == 0 else 1)
