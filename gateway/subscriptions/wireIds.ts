import { CloseCode } from 'graphql-ws';

/** What becomes of a client's message: handed on, left out, or the end of the connection. */
export type Incoming = { text: string } | { close: { code: number; reason: string } } | undefined;

/**
 * Operation ids of one connection. A client may use an id again as soon as it has completed it, while the old operation still ends: behind
 * the wire each operation therefore has an id of its own, and what comes late from a completed one is left out.
 */
export type WireIds = {
  incoming(text: string): Incoming;
  /** The text for the client; undefined when it has completed that operation. */
  outgoing(text: string): string | undefined;
  /** The client's name of a running operation. */
  wireOf(id: string): string | undefined;
};

const ofTheServer = new Set<unknown>(['connection_ack', 'next', 'error']);

export function createWireIds(): WireIds {
  const running = new Map<string, string>();
  const wires = new Map<string, string>();
  let count = 0;
  const end = (wire: string, own: string) => {
    running.delete(wire);
    wires.delete(own);
  };
  return {
    incoming: (text) => {
      const message = parsed(text);
      if (ofTheServer.has(message?.type)) return { close: { code: CloseCode.BadRequest, reason: `Only a server sends ${String(message?.type)}` } };
      if (typeof message?.id !== 'string' || message.id === '' || (message.type !== 'subscribe' && message.type !== 'complete')) return { text };
      const { id: wire } = message;
      const own = running.get(wire);
      if (message.type === 'complete') {
        if (own === undefined) return undefined;
        end(wire, own);
        return { text: JSON.stringify({ ...message, id: own }) };
      }
      if (own !== undefined) return { close: { code: CloseCode.SubscriberAlreadyExists, reason: `Subscriber for ${wire} already exists` } };
      count += 1;
      const next = String(count);
      running.set(wire, next);
      wires.set(next, wire);
      return { text: JSON.stringify({ ...message, id: next }) };
    },
    outgoing: (text) => {
      const head = /^\{"id":"(\d+)","type":"(\w+)"/.exec(text);
      if (!head) return text;
      const [, own = '', type] = head;
      const wire = wires.get(own);
      if (wire === undefined) return undefined;
      if (type !== 'next') end(wire, own);
      return `{"id":${JSON.stringify(wire)}${text.slice(`{"id":"${own}"`.length)}`;
    },
    wireOf: (id) => wires.get(id),
  };
}

/** An object, or nothing: what is none is for the protocol to refuse. */
function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const message: unknown = JSON.parse(text);
    return typeof message === 'object' && message !== null && !Array.isArray(message) ? { ...message } : undefined;
  } catch {
    return undefined;
  }
}
