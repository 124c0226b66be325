import type { AdmissionLimits } from '#gateway/admission.ts';

/** For tests of something else: on a busy machine everything waits, and nothing is refused for it. */
export const unhurried: Partial<AdmissionLimits> = { patience: 3_600_000, standing: 3_600_000 };
