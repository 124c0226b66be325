/** Milliseconds before the next attempt: from about 0.1 s, doubled each time up to `most`, with jitter. */
export function backoff(attempt: number, most = 3_000): number {
  return Math.min(most, 100 * 2 ** Math.min(attempt, 16)) * (0.5 + Math.random() / 2);
}

/** Waits; rejects with the signal's reason as soon as it is aborted. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const ended = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', ended);
      resolve();
    }, milliseconds);
    if (signal?.aborted) ended();
    else signal?.addEventListener('abort', ended, { once: true });
  });
}

/** Milliseconds that a Retry-After header asks for: seconds, or a date. */
export function retryAfter(header: string | null): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const milliseconds = /^[\d.]+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
}

/** Lets so many at a time do their work; the others wait in their order. */
export function turns(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  const count = { under: 0 };
  return async (work) => {
    if (count.under >= most) await new Promise<void>((turn) => waiting.push(turn));
    else count.under += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // Who waits takes over the place.
      if (next) next();
      else count.under -= 1;
    }
  };
}
