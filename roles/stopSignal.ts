/** Resolves at the first Ctrl-C or SIGTERM; a second one ends the process at once. */
export function stopSignal(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  const asked = (signal: NodeJS.Signals) => {
    process.removeListener('SIGINT', asked).removeListener('SIGTERM', asked);
    process.once('SIGINT', () => process.exit(130));
    process.once('SIGTERM', () => process.exit(143));
    resolve(signal);
  };
  process.on('SIGINT', asked).on('SIGTERM', asked);
  return promise;
}
