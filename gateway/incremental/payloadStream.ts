/** Payloads as they come, for whoever reads them one by one. Who returns early gives up what has not come yet. */
export type PayloadStream = AsyncGenerator<object, void, undefined>;

/** True for parts that come one by one. */
export function isStream(answer: object | undefined): answer is PayloadStream {
  return answer !== undefined && Symbol.asyncIterator in answer;
}

type Begun<Reply> = (tell: (payload: object) => void) => Promise<Reply | undefined>;

/** What an operation answers with: a stream once it tells its first payload, else its one reply. */
export function streamOrReply<Reply>(begin: Begun<Reply>, giveUp: () => void): Promise<Reply | PayloadStream> {
  const waiting: object[] = [];
  let wake = () => {};
  let end: { error?: unknown } | undefined;
  const next = async (): Promise<IteratorResult<object, void>> => {
    while (waiting.length === 0 && !end) await new Promise<void>((resolve) => (wake = resolve));
    const value = waiting.shift();
    if (value) return { value, done: false };
    if (end && 'error' in end) throw end.error;
    return { value: undefined, done: true };
  };
  const leave = async (): Promise<IteratorResult<object, void>> => {
    giveUp();
    waiting.length = 0;
    end ??= {};
    wake();
    return { value: undefined, done: true };
  };
  const stream: PayloadStream = {
    next,
    return: leave,
    throw: leave,
    [Symbol.asyncIterator]: () => stream,
    [Symbol.asyncDispose]: async () => void (await leave()),
  };
  return new Promise((resolve, reject) => {
    const tell = (payload: object) => {
      if (!end) waiting.push(payload);
      wake();
      resolve(stream);
    };
    const finish = (outcome: { error?: unknown }) => {
      end ??= outcome;
      wake();
    };
    begin(tell).then(
      (reply) => (reply === undefined ? finish({}) : resolve(reply)),
      (error: unknown) => {
        finish({ error });
        reject(error);
      },
    );
  });
}
