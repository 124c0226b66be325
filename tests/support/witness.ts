import type { Graph } from './graph.ts';

/** A client that writes all the time, retries with the same key until it has an answer, and remembers what it was promised. */
export type Witness = AsyncDisposable & {
  /** Customers that were acknowledged, by their ids. */
  acknowledged: Map<string, string>;
  /** Codes of errors that it met, and how often; transport: no answer at all. */
  errors: Map<string, number>;
  /** Milliseconds of the slowest answer. */
  slowest: () => number;
  stop: () => Promise<void>;
};

const mutation = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id name } userErrors { code retryable } } }';
/** Milliseconds after which an answer counts as never. */
const never = 45_000;

type Answer = {
  errors?: { message: string; extensions: { code: string; retryable?: boolean } }[];
  data?: { createCustomer?: { customer: { id: string; name: string } | null; userErrors: { code: string; retryable: boolean }[] } };
};

/** Writes until it is stopped. An error that another attempt cannot cure ends it with that error. */
export function witness({ url, token }: Graph): Witness {
  const acknowledged = new Map<string, string>();
  const errors = new Map<string, number>();
  const stopping = new AbortController();
  let slowest = 0;
  const met = (code: string) => void errors.set(code, (errors.get(code) ?? 0) + 1);

  const attempt = async (name: string): Promise<string | undefined> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await token({ role: 'crm' })}` };
    const body = JSON.stringify({ query: mutation, variables: { input: { idempotencyKey: name, name } } });
    const since = performance.now();
    try {
      const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(never) });
      const answer = (await response.json()) as Answer;
      slowest = Math.max(slowest, performance.now() - since);
      for (const { extensions, message } of answer.errors ?? []) {
        if (extensions.retryable !== true) throw new Refusal(`${extensions.code}: ${message}`);
        met(extensions.code);
      }
      for (const { code, retryable } of answer.data?.createCustomer?.userErrors ?? []) {
        if (retryable !== true) throw new Refusal(code);
        met(code);
      }
      return answer.data?.createCustomer?.customer?.id;
    } catch (error) {
      if (error instanceof Refusal || (error instanceof Error && error.name === 'TimeoutError')) throw error;
      met('transport');
      return undefined;
    }
  };

  const running = (async () => {
    for (let number = 1; !stopping.signal.aborted; number += 1) {
      const name = `Witness ${number}`;
      let id: string | undefined;
      while (id === undefined) {
        id = await attempt(name);
        await new Promise((again) => setTimeout(again, 100));
      }
      acknowledged.set(id, name);
    }
  })();
  const stop = async () => {
    stopping.abort();
    await running;
  };
  return { acknowledged, errors, slowest: () => slowest, stop, [Symbol.asyncDispose]: stop };
}

class Refusal extends Error {
  override name = 'Refusal';
}
