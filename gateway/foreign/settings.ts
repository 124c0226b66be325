import type { KeyObject } from 'node:crypto';

/** What a subgraph of the firm's own asks of the gateway: nothing, a word that both know, or a token that the gateway signs for it alone. */
export type Credential =
  | { kind: 'none' }
  | { kind: 'bearer'; token: string }
  | { kind: 'signed'; key: KeyObject; algorithm: string; keyId: string | undefined; issuer: string; audience: string };

/** Where its own subscriptions are, and by which protocol. */
export type SubscriptionPlace = { protocol: 'ws' | 'sse'; url: URL };

/** A subgraph of the firm's own: who it is, how it is asked, and how far it is trusted. */
export type ForeignSubgraph = {
  name: string;
  url: URL;
  /** As PEM: whom to believe beside the well-known authorities, and who we are where it wants to know (mutual TLS). */
  tls: { ca?: string | undefined; cert?: string | undefined; key?: string | undefined };
  credential: Credential;
  /** Headers of the client that are handed on, in small letters; and headers of the operator's own. */
  headers: { forward: readonly string[]; set: Readonly<Record<string, string>> };
  /** Whether clients read its errors, or that it failed. */
  errors: 'passed' | 'masked';
  /** What it may know of who asks: nothing, id and kind, or all that Accord knows. */
  actor: 'nothing' | 'identity' | 'whole';
  /** Milliseconds in which it has to answer. */
  timeout: number;
  /** After so many failures in a row it is not asked for so many milliseconds. */
  breaker: { failures: number; pause: number };
  /** Where /ready asks; it is not asked without one. */
  health: URL | undefined;
  subscriptions: SubscriptionPlace;
};
