/** A token, or what gives one. `renew` says that the last one was refused. */
export type TokenProvider = string | ((wish: { renew: boolean }) => string | Promise<string>);

export type TokenSource = {
  get(): Promise<string>;
  /** Takes another one in place of that which was refused; false when there is no other. */
  renew(refused: string): Promise<boolean>;
};

/** Keeps a token until it is refused; whoever finds it refused meanwhile waits for the same new one. */
export function tokenSource(provider: TokenProvider): TokenSource {
  if (typeof provider === 'string') return { get: async () => provider, renew: async () => false };
  const kept: { token?: Promise<string> | undefined } = {};
  const take = (renew: boolean): Promise<string> => {
    const token = (async () => provider({ renew }))();
    kept.token = token;
    // A provider that failed is asked anew.
    token.catch(() => {
      if (kept.token === token) kept.token = undefined;
    });
    return token;
  };
  const get = () => kept.token ?? take(false);
  return {
    get,
    renew: async (refused) => {
      const present = kept.token;
      if (present === undefined || (await present) === refused) await (kept.token === present ? take(true) : get());
      return true;
    },
  };
}
