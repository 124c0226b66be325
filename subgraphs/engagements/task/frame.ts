/** What a project sets for its tasks. */
export type ProjectFrame = { status: string; startDate: string | null; endDate: string | null };

type Dated = { startDate: string | null; endDate: string | null; project: ProjectFrame };

/** Why a project takes no work any more, or nothing. */
export function closedProject({ status }: { status: string }): string | undefined {
  return ['COMPLETED', 'CLOSED', 'CANCELLED'].includes(status) ? `The project is ${status}; nothing can be begun in it.` : undefined;
}

/** A task may leave its dates open, but not reach beyond its project's. */
export function withinProjectDates({ startDate, endDate, project }: Dated): string | undefined {
  const dates = [startDate, endDate].filter((date) => date !== null);
  const early = dates.find((date) => project.startDate !== null && date < project.startDate);
  const late = dates.find((date) => project.endDate !== null && date > project.endDate);
  if (early) return `${early} is before the project starts on ${project.startDate}.`;
  return late ? `${late} is after the project ends on ${project.endDate}.` : undefined;
}
