import type { KeyObject } from 'node:crypto';
import { type Grant, grantFor } from '#kernel/grant.ts';

type Parts = {
  /** The gateway's private key (Ed25519). */
  signingKey: KeyObject;
  audience: string;
  /** Asks the subgraph for the public key of its present run. */
  peer: () => Promise<string>;
};

/** Milliseconds before its end at which a grant is replaced: what is under way must arrive under it. */
const margin = 20_000;

export type Grants = {
  current(): Promise<Grant>;
  /** Called when the subgraph refused this grant: it may have started anew since. */
  refused(grant: Grant): void;
};

/** One grant at a time for one subgraph, made when the first request needs it, shared by all that wait for it. */
export function createGrants({ signingKey, audience, peer }: Parts): Grants {
  let latest: Promise<Grant> | undefined;
  let dead: Grant | undefined;
  const make = (): Promise<Grant> => {
    const made = peer().then((key) => grantFor({ signingKey, audience, peer: key, now: Date.now() }));
    latest = made;
    made.catch(() => {
      if (latest === made) latest = undefined;
    });
    return made;
  };
  return {
    current: async () => {
      const held = latest ?? make();
      const grant = await held;
      if (grant !== dead && grant.expiresAt - Date.now() > margin) return grant;
      // Whoever notices first makes the next one.
      return latest === undefined || latest === held ? make() : latest;
    },
    refused: (grant) => {
      dead = grant;
    },
  };
}
