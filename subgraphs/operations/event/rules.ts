import { facts as engagements } from '#engagements/published.ts';
import { facts as finance } from '#finance/published.ts';
import type { BusinessEventType } from '#generated/operations.ts';
import type { EventRule } from '#kernel/event.ts';
import { facts as resources } from '#resources/published.ts';
import { facts as time } from '#time/published.ts';
import { facts as operations } from '../published.ts';

/** Who may see which event, and in what shape: the catalogues say it. */
export const eventRules = { ...engagements, ...resources, ...time, ...finance, ...operations } satisfies Record<BusinessEventType, EventRule>;
