import assert from "node:assert/strict";
import { test } from "node:test";

import "../device.js";
import { createChallenge, pbkdf2, verifySolution } from "altcha/lib";

import { prove } from "../../../static/js/lib/proving.js";

const { deriveKey } = pbkdf2;
const SECRET = "only the portal knows it";

const newChallenge = () =>
  createChallenge({
    algorithm: "PBKDF2/SHA-256",
    cost: 10,
    counter: 3,
    deriveKey,
    hmacSignatureSecret: SECRET,
  });

test("the proof of a challenge is one that the portal accepts", async () => {
  const proof = await prove(await newChallenge());
  const { challenge, solution } = JSON.parse(atob(proof));
  const { verified } = await verifySolution({
    challenge,
    solution,
    deriveKey,
    hmacSignatureSecret: SECRET,
  });
  assert.equal(verified, true);
});

test("a challenge that cannot be solved has no proof", async () => {
  assert.equal(await prove({ parameters: { algorithm: "unknown" } }), null);
});
