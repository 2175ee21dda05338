/** What a browser gives to scripts and Node does not: a store, locks, the state of the network. */
import "fake-indexeddb/auto";

/** Whether the device believes to have a network. */
export const network = { isOn: true };

// One lock a name, as the Web Locks API gives them: the next holder waits for the one before, or with
// `ifAvailable` gets none.
const holders = new Map();
const held = new Set();

async function request(name, ...rest) {
  const [{ ifAvailable = false }, act] = rest.length > 1 ? rest : [{}, rest[0]];
  if (ifAvailable && held.has(name)) return act(null);
  const hold = async () => {
    held.add(name);
    try {
      return await act({ name });
    } finally {
      held.delete(name);
    }
  };
  const before = holders.get(name) ?? Promise.resolve();
  const ended = before.then(hold, hold);
  holders.set(
    name,
    ended.catch(() => {}),
  );
  return ended;
}

Object.defineProperty(globalThis, "navigator", {
  configurable: true,
  value: {
    locks: { request },
    hardwareConcurrency: 1,
    get onLine() {
      return network.isOn;
    },
  },
});
