export { default } from '../u32/open-addressing.js';
