/** What the body of a loop over a map does to it. Each is called with the row's number and key. */
import { drawBatch, drawKey } from './draw.js';
import { drawValues } from './kinds.js';

/** `body(session, random, command)` returns what is called for each row; false from it leaves the loop. */
export const bodies = {
  nothing: () => () => true,

  deleteCurrent: (session, random, { rows }) =>
    upTo(rows, (key) => {
      remove(session, key);
    }),

  deleteOthers: (session, random, { rows, domain }) =>
    upTo(rows, () => {
      remove(session, drawKey(session, random, domain));
    }),

  renewCurrent: (session, random, { rows }) =>
    upTo(rows, (key) => {
      remove(session, key);
      session.put(key, value(session, random));
    }),

  overwrite: (session, random, { rows }) =>
    upTo(rows, () => {
      const key = drawKey(session, random, 'seen');
      if (session.model.has(key)) session.put(key, value(session, random));
    }),

  insert: (session, random, { rows, domain }) =>
    upTo(rows, () => {
      session.put(drawKey(session, random, domain), value(session, random));
    }),

  clear: (session, random) => once(session, random, () => session.clear()),

  putAll: (session, random, command) =>
    once(session, random, () => {
      const { keys, given, column } = drawBatch(session, random, { ...command, form: 'column' });
      session.map.putAll(given, column);
      session.model.putAll(keys, column);
      session.note();
    }),

  reserve: (session, random) =>
    once(session, random, () => {
      session.map.reserve(random.below(8000));
      session.note();
    }),

  leave: (session, random) => once(session, random, () => false),
};

function upTo(rows, act) {
  return (row, key) => {
    if (row < rows) act(key);
    return true;
  };
}

/** At one of the first rows of the loop, most of the time. */
function once(session, random, act) {
  const at = random.below(Math.min(1000, session.model.size));
  return (row) => row !== at || act() !== false;
}

function value({ options }, random) {
  return drawValues(options.value, 1, random)[0];
}

function remove(session, key) {
  session.map.delete(key);
  session.model.delete(key);
  session.note();
}
