/** What a browser gives to scripts and Node does not: a store, locks, the state of the network. */
import "fake-indexeddb/auto";

/** Whether the device believes to have a network. */
export const network = { isOn: true };

// One lock a name, as the Web Locks API gives them: the next holder waits for the one before.
const holders = new Map();

async function request(name, act) {
  const before = holders.get(name) ?? Promise.resolve();
  const held = before.then(act, act);
  holders.set(
    name,
    held.catch(() => {}),
  );
  return held;
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
