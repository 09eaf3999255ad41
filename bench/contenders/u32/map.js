export { builtin as default } from '../builtin.js';
