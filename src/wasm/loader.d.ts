// loader.js is @assemblyscript/loader, copied by scripts/build.js.
export { instantiateSync } from '@assemblyscript/loader';
