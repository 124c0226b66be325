/** An expected reason not to start: whoever runs the role prints the sentence without a stack and exits 1. */
export class CannotStart extends Error {
  override name = 'CannotStart';
}
