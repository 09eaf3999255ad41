// The addon: the kernels as functions of JavaScript, by Node-API alone. It calls no C library, so that one file serves
// glibc and musl, and keeps no state, so that any number of threads may have it.
//
// Each function takes typed arrays, the first of most a Uint8Array over a wasm memory, and then what kernels.h says:
// numbers. The arrays are asked each time where they lie: growing a memory leaves an old array without one, and Bun
// moves memories. Whatever is passed, a kernel touches nothing but those bytes.

#include <stddef.h>
#include <stdint.h>

#include <node_api.h>

#include "detect.h"
#include "kernels.h"

#define MOST_COLUMNS 5
#define MOST_NUMBERS 7

/** Bytes of an element, by its type in Node-API. */
static const uint8_t WIDTHS[] = {1, 1, 1, 2, 2, 4, 4, 4, 8, 8, 8};

typedef struct {
  Column columns[MOST_COLUMNS];
  uint32_t numbers[MOST_NUMBERS];
} Call;

/** Reads a typed array; 0 where it is none, or has no bytes: then it is empty, or its buffer is gone. */
static int readColumn(napi_env env, napi_value argument, Column *column) {
  bool isArray = false;
  if (napi_is_typedarray(env, argument, &isArray) != napi_ok || !isArray) return 0;
  napi_typedarray_type type;
  size_t length = 0;
  void *data = NULL;
  if (napi_get_typedarray_info(env, argument, &type, &length, &data, NULL, NULL) != napi_ok) return 0;
  if ((size_t)type >= sizeof WIDTHS || data == NULL || length == 0) return 0;
  column->data = data;
  column->bytes = length * WIDTHS[type];
  return 1;
}

/** Reads the arguments of a call; 0 where they are not `columns` typed arrays and `numbers` numbers behind them. */
static int readCall(napi_env env, napi_callback_info info, size_t columns, size_t numbers, Call *call) {
  napi_value arguments[MOST_COLUMNS + MOST_NUMBERS];
  size_t given = MOST_COLUMNS + MOST_NUMBERS;
  if (napi_get_cb_info(env, info, &given, arguments, NULL, NULL) != napi_ok || given < columns + numbers) return 0;
  for (size_t i = 0; i < columns; i++) {
    if (!readColumn(env, arguments[i], &call->columns[i])) return 0;
  }
  for (size_t i = 0; i < numbers; i++) {
    if (napi_get_value_uint32(env, arguments[columns + i], &call->numbers[i]) != napi_ok) return 0;
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
#define NUMBERS_3 NUMBERS_2, n[2]
#define NUMBERS_4 NUMBERS_2, n[2], n[3]
#define NUMBERS_5 NUMBERS_4, n[4]
#define NUMBERS_6 NUMBERS_5, n[5]
#define NUMBERS_7 NUMBERS_6, n[6]

#define FUNCTION(name, count)                                                     \
  static napi_value call_##name(napi_env env, napi_callback_info info) {          \
    Call call;                                                                    \
    if (!readCall(env, info, 1, count, &call)) return number(env, TOPHASH_REFUSED); \
    const uint32_t *n = call.numbers;                                             \
    (void)n;                                                                      \
    const Column memory = call.columns[0];                                        \
    return number(env, tophash_##name(memory.data, memory.bytes NUMBERS_##count)); \
  }
TOPHASH_KERNELS(FUNCTION)

#define COLUMNS_2 c[0], c[1]
#define COLUMNS_3 COLUMNS_2, c[2]
#define COLUMNS_4 COLUMNS_3, c[3]
#define COLUMNS_5 COLUMNS_4, c[4]

#define COLUMN_FUNCTION(name, lists, count)                                             \
  static napi_value call_##name(napi_env env, napi_callback_info info) {                \
    Call call;                                                                          \
    if (!readCall(env, info, lists, count, &call)) return number(env, TOPHASH_REFUSED); \
    const Column *c = call.columns;                                                     \
    const uint32_t *n = call.numbers;                                                   \
    return number(env, tophash_##name(COLUMNS_##lists NUMBERS_##count));              \
  }
TOPHASH_COLUMN_KERNELS(COLUMN_FUNCTION)

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
#define EXPORT_COLUMN(name, lists, count) EXPORT(name, count)
  TOPHASH_COLUMN_KERNELS(EXPORT_COLUMN)
  if (!done) napi_throw_error(env, NULL, "tophash: the host refused a function of the addon");
  return exports;
}
