/** Rows of a join as they are found, in columns that have room for all of them and are cut to size at the end. */
export class Joined {
  /** @param {number} most rows */
  constructor(most) {
    this.keys = new Uint32Array(most);
    this.left = new Uint32Array(most);
    this.right = new Uint32Array(most);
    this.rows = 0;
  }

  /**
   * @param {number} key
   * @param {number} left
   * @param {number} right
   */
  add(key, left, right) {
    this.keys[this.rows] = key;
    this.left[this.rows] = left;
    this.right[this.rows++] = right;
  }

  /** @returns {import('../../rows/relations-rows.js').Joined} */
  columns() {
    const [keys, left, right] = [this.keys, this.left, this.right].map((column) => column.subarray(0, this.rows));
    return { keys, left, right };
  }
}
