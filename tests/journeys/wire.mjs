/** A wire between a browser and the portal that can be cut, and put back. */
import { connect, createServer } from "node:net";

/**
 * Listens beside `site` (an address with a port) and passes everything on. Returns its `address` and
 * {cut(), loseAnswers(), mend(), close()}: after `cut` nothing passes, after `loseAnswers` what goes up
 * arrives and its answer does not, after `mend` all passes.
 */
export async function openWire(site) {
  const { hostname, port } = new URL(site);
  const open = new Set();
  let state = "whole";
  const server = createServer((near) => {
    if (state === "cut") return near.destroy();
    const far = connect(Number(port), hostname);
    const end = () => {
      near.destroy();
      far.destroy();
      open.delete(end);
    };
    open.add(end);
    for (const socket of [near, far]) socket.on("error", end).on("close", end);
    near.on("data", (part) => far.write(part));
    far.on("data", (part) => (state === "whole" ? near.write(part) : end()));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const turn = (next) => {
    state = next;
    for (const end of [...open]) end();
  };
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    cut: () => turn("cut"),
    loseAnswers: () => turn("losing"),
    mend: () => turn("whole"),
    close: () => {
      turn("cut");
      server.close();
    },
  };
}
