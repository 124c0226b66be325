import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A process of its own that answers each order with a message, and ends with the stack; `name` says who has ended when it does not answer any more. */
export function obedient<Order extends object, Answer>(stack: AsyncDisposableStack, file: string, name: string): (order: Order) => Promise<Answer> {
  const child: ChildProcess = fork(new URL(file, import.meta.url), { detached: true });
  stack.defer(() => void child.kill());
  const gone = once(child, 'exit').then(() => undefined);
  return async (order) => {
    const told = once(child, 'message');
    child.send(order);
    const answer = await Promise.race([told, gone]);
    if (!answer) throw new Error(`${name} ended.`);
    return answer[0] as Answer;
  };
}
