import type { Dump } from './read.ts';

/** A record of the source as people call it: its name before its id, and whose and which week a timesheet or a line is. */
export function sourceNames({ agencies, projects, users, timecards, periods, lines }: Dump): (source: string) => string {
  const person = (key: number) => {
    const user = users.get(key);
    return user && ([user.firstName, user.lastName].join(' ').trim() || user.username);
  };
  const week = (key: number) => {
    const card = timecards.get(key);
    return card && [person(card.user), periods.get(card.period)?.startDate].filter(Boolean).join(', week of ');
  };
  const names: Readonly<Record<string, (key: number) => string | undefined>> = {
    'projects.agency': (key) => agencies.get(key)?.name,
    'projects.project': (key) => projects.get(key)?.name,
    'auth.user': person,
    'hours.timecard': week,
    'hours.timecardobject': (key) => {
      const line = lines.get(key);
      return line && [week(line.timecard), projects.get(line.project)?.name].filter(Boolean).join(', ');
    },
  };
  return (source) => {
    const [model = '', key] = source.split(':');
    const name = Object.hasOwn(names, model) ? names[model]?.(Number(key)) : undefined;
    return name ? `${name} (${source})` : source;
  };
}
