/** Where progress goes: a terminal gets a bar that moves, anything else a plain line now and then. */
export type ProgressOutput = { write(text: string): unknown; isTTY?: boolean | undefined; columns?: number | undefined };

export type Progress = {
  /** Begins a phase of so many steps. */
  begin(phase: string, steps: number): void;
  add(steps: number): void;
  /** Something worth saying while the bar moves. */
  say(line: string): void;
  end(): void;
};

const barWidth = 30;
/** A plain line per so many parts of a phase. */
const parts = 4;

/** Says how far a long run is. */
export function createProgress(output: ProgressOutput): Progress {
  let phase = '';
  let steps = 0;
  let done = 0;
  let said = 0;
  const tty = output.isTTY === true;
  const clear = () => tty && output.write('\r\u001b[2K');
  const draw = () => {
    const share = steps === 0 ? 1 : Math.min(1, done / steps);
    const told = `${phase} ${done.toLocaleString('en')} of ${steps.toLocaleString('en')}`;
    if (tty) {
      const filled = Math.round(share * barWidth);
      output.write(`\r\u001b[2K${`[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}] ${told}`.slice(0, (output.columns ?? 80) - 1)}`);
    } else if (Math.floor(share * parts) > said) {
      said = Math.floor(share * parts);
      output.write(`${told}\n`);
    }
  };
  return {
    begin: (name, count) => {
      [phase, steps, done, said] = [name, count, 0, 0];
      if (tty) draw();
    },
    add: (count) => {
      done += count;
      draw();
    },
    say: (line) => {
      clear();
      output.write(`${line}\n`);
      if (tty && phase !== '') draw();
    },
    end: () => {
      clear();
      phase = '';
    },
  };
}
