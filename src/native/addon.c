// The addon: the kernels as functions of JavaScript, by Node-API alone. It calls no C library, so that one file serves glibc and musl, and keeps no state, so that
// any number of threads may have it.
//
// Each function takes a Uint8Array over a wasm memory and then what kernels.h says: numbers. The array is asked each time where it lies: growing a memory leaves an
// old array without one, and Bun moves memories. Whatever is passed, a kernel touches nothing but those bytes.

#include <stddef.h>
#include <stdint.h>

#include <node_api.h>

#include "detect.h"
#include "kernels.h"

/** The array, and the numbers of the longest list. */
#define MOST_ARGUMENTS 8

typedef struct {
  uint8_t *memory;
  size_t bytes;
  uint32_t numbers[MOST_ARGUMENTS - 1];
} Call;

/** Reads the arguments of a call; 0 where there is no memory to work on, or they are not `count` numbers behind it. */
static int readCall(napi_env env, napi_callback_info info, size_t count, Call *call) {
  napi_value arguments[MOST_ARGUMENTS];
  size_t given = MOST_ARGUMENTS;
  if (napi_get_cb_info(env, info, &given, arguments, NULL, NULL) != napi_ok || given < count + 1) return 0;
  bool isArray = false;
  if (napi_is_typedarray(env, arguments[0], &isArray) != napi_ok || !isArray) return 0;
  napi_typedarray_type type;
  void *data = NULL;
  if (napi_get_typedarray_info(env, arguments[0], &type, &call->bytes, &data, NULL, NULL) != napi_ok) return 0;
  if (type != napi_uint8_array || data == NULL || call->bytes == 0) return 0;
  call->memory = data;
  for (size_t i = 0; i < count; i++) {
    if (napi_get_value_uint32(env, arguments[i + 1], &call->numbers[i]) != napi_ok) return 0;
  }
  return 1;
}

static napi_value number(napi_env env, uint32_t value) {
  napi_value result = NULL;
  napi_create_uint32(env, value, &result);
  return result;
}

#define NUMBERS_0
#define NUMBERS_2 , n[0], n[1]
#define NUMBERS_4 NUMBERS_2, n[2], n[3]
#define NUMBERS_5 NUMBERS_4, n[4]
#define NUMBERS_6 NUMBERS_5, n[5]
#define NUMBERS_7 NUMBERS_6, n[6]

#define FUNCTION(name, count)                                                     \
  static napi_value call_##name(napi_env env, napi_callback_info info) {          \
    Call call;                                                                    \
    if (!readCall(env, info, count, &call)) return number(env, TOPHASH_REFUSED);  \
    const uint32_t *n = call.numbers;                                             \
    (void)n;                                                                      \
    return number(env, tophash_##name(call.memory, call.bytes NUMBERS_##count));  \
  }
TOPHASH_KERNELS(FUNCTION)

/** What the processor has: bits of kernels.h, TOPHASH_UNSAVED, or 0. */
static napi_value call_caps(napi_env env, napi_callback_info info) {
  (void)info;
  return number(env, detect());
}

static int export(napi_env env, napi_value exports, const char *name, napi_callback callback) {
  napi_value function;
  return napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, NULL, &function) == napi_ok &&
      napi_set_named_property(env, exports, name, function) == napi_ok;
}

NAPI_MODULE_INIT() {
  int done = export(env, exports, "caps", call_caps);
#define EXPORT(name, count) done &= export(env, exports, #name, call_##name);
  TOPHASH_KERNELS(EXPORT)
  if (!done) napi_throw_error(env, NULL, "tophash: the host refused a function of the addon");
  return exports;
}
