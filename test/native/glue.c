// The kernels as functions of a Node addon, for tests: name(memory, ...). `memory` is a Uint8Array.

#define NAPI_VERSION 8
#include <node_api.h>

#include "kernels.h"

/** Most arguments of a kernel. */
#define MOST 7

typedef struct {
  uint8_t *memory;
  size_t bytes;
  uint32_t argument[MOST];
} Arguments;

static int readArguments(napi_env env, napi_callback_info info, size_t expected, Arguments *all) {
  napi_value values[MOST + 1];
  size_t count = MOST + 1;
  void *data;
  if (napi_get_cb_info(env, info, &count, values, NULL, NULL) != napi_ok || count != expected + 1) return 0;
  if (napi_get_typedarray_info(env, values[0], NULL, &all->bytes, &data, NULL, NULL) != napi_ok || data == NULL) return 0;
  all->memory = data;
  for (size_t i = 0; i < expected; i++) {
    if (napi_get_value_uint32(env, values[i + 1], &all->argument[i]) != napi_ok) return 0;
  }
  return 1;
}

#define PASS_0
#define PASS_2 , a[0], a[1]
#define PASS_4 PASS_2, a[2], a[3]
#define PASS_5 PASS_4, a[4]
#define PASS_6 PASS_5, a[5]
#define PASS_7 PASS_6, a[6]

#define DEFINE(name, arguments)                                                                 \
  static napi_value call_##name(napi_env env, napi_callback_info info) {                        \
    Arguments all;                                                                              \
    if (!readArguments(env, info, arguments, &all)) {                                           \
      napi_throw_type_error(env, NULL, #name ": expected a memory and " #arguments " numbers"); \
      return NULL;                                                                              \
    }                                                                                           \
    const uint32_t *a = all.argument;                                                           \
    (void)a;                                                                                    \
    napi_value result;                                                                          \
    napi_create_uint32(env, tophash_##name(all.memory, all.bytes PASS_##arguments), &result);   \
    return result;                                                                              \
  }
TOPHASH_KERNELS(DEFINE)

NAPI_MODULE_INIT() {
  napi_value function;
#define EXPORT(name, arguments)                                                      \
  napi_create_function(env, #name, NAPI_AUTO_LENGTH, call_##name, NULL, &function); \
  napi_set_named_property(env, exports, #name, function);
  TOPHASH_KERNELS(EXPORT)
  return exports;
}
