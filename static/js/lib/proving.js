/** The challenge of a busy portal (ALTCHA): worked off quietly, nobody is asked to do anything. */
import { pbkdf2, solveChallenge } from "altcha/lib";

/** The payload that proves the work; null where the browser cannot do it in time. */
export async function prove(challenge) {
  const { deriveKey } = pbkdf2;
  const solution = await solveChallenge({ challenge, deriveKey }).catch(() => null);
  return solution && btoa(JSON.stringify({ challenge, solution }));
}
