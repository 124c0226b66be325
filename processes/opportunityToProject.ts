import { contractAction, createContract } from '#engagements/contract/commands.ts';
import { customerAction } from '#engagements/customer/commands.ts';
import { createEngagement, engagementAction } from '#engagements/engagement/commands.ts';
import { checkOpportunity, type InHand, noteFollowed, takeOnOpportunity } from '#engagements/onboarding/commands.ts';
import { opportunitiesOfProjects, readOnboarding, readProvisioning } from '#engagements/onboarding/queries.ts';
import { createOnboardedProject, projectAction } from '#engagements/project/commands.ts';
import { remindProvisioning, requestProvisioning } from '#engagements/provisioning/commands.ts';
import { facts as engagements } from '#engagements/published.ts';
import { executeAll, executeOne } from '#kernel/command.ts';
import { consumer } from '#kernel/consume.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import type { FactKeys } from '#kernel/facts.ts';
import { type Process, process, type Run, type Step, Waiting } from '#kernel/process.ts';
import { wakeRuns } from '#kernel/runState.ts';
import { openExceptions, resolveExceptions } from '#operations/exception/commands.ts';
import { facts as operations } from '#operations/published.ts';

const name = 'opportunity-to-project';

/** Which systems outside have to set up each new project, and the milliseconds in which they have to answer; half of them later they are reminded. */
export type ProvisioningRules = { systems: readonly string[]; within: number };

type Begun = { keys: FactKeys };
type Own = Step<Begun>;

const inHand = ({ id, subject }: Run<Begun>): InHand => ({ id: subject.id, runId: id });
const note = (scope: Scope, run: Run<Begun>, followed: Parameters<(typeof noteFollowed)['decide']>[1]['followed']) =>
  executeOne(scope, noteFollowed, { ...inHand(run), followed });

/** First to be done, and last to be taken back: then somebody has to see to it. */
const takeOn: Own = {
  name: 'take on',
  run: (scope, run) => executeOne(scope, takeOnOpportunity, inHand(run)),
  compensate: async (scope, run) => {
    const { projectId, value } = await readOnboarding(scope.tx, run.subject.id);
    const silent = run.ended?.step === provisioned ? await silentSystems(scope, projectId) : [];
    await note(scope, run, { onboarding: 'FAILED', projectId: null });
    const { reason = null } = run.ended ?? {};
    const message = [reason ?? 'It could not be done.', ...silent.map((system) => `${system} has not answered.`)].join(' ');
    const code = run.ended?.step === provisioned ? 'UPSTREAM_UNAVAILABLE' : 'GUARD_REFUSED';
    const about = { process: name, subject: { type: run.subject.type, id: run.subject.id }, owner: 'controller', keys: run.data.keys, moneyAtRisk: value };
    await openExceptions(scope, [{ ...about, code, message }]);
  },
};

/** The world may have changed since it was won, most of all where somebody tries again. */
const check: Own = { name: 'check the rules', run: (scope, run) => executeOne(scope, checkOpportunity, inHand(run)) };

const makeEngagement: Own = {
  name: 'make the engagement',
  run: async (scope, run) => {
    const { customer, wanted } = await readOnboarding(scope.tx, run.subject.id);
    // Who buys is a prospect no more, whatever becomes of the project.
    if (customer.status === 'PROSPECT') await executeOne(scope, customerAction('activate'), { id: customer.id });
    const { id } = await executeOne(scope, createEngagement, wanted.engagement);
    await note(scope, run, { engagementId: id });
  },
  compensate: async (scope, run) => {
    const { engagementId, status } = await readOnboarding(scope.tx, run.subject.id);
    // One that somebody works with by now is theirs.
    if (engagementId && status.engagement === 'DRAFT') await executeOne(scope, engagementAction('cancel'), { id: engagementId });
    await note(scope, run, { engagementId: null });
  },
};

const makeContract: Own = {
  name: 'make the contract',
  run: async (scope, run) => {
    const { engagementId, wanted } = await readOnboarding(scope.tx, run.subject.id);
    const { id } = await executeOne(scope, createContract, { ...wanted.contract, engagementId: engagementId ?? '' });
    await executeOne(scope, contractAction('submit'), { id });
    await executeOne(scope, contractAction('confirm'), { id });
    await note(scope, run, { contractId: id });
  },
  compensate: async (scope, run) => {
    const { contractId, status } = await readOnboarding(scope.tx, run.subject.id);
    if (contractId && status.contract !== 'LOST') await executeOne(scope, contractAction('withdraw'), { id: contractId });
    await note(scope, run, { contractId: null });
  },
};

const makeProject: Own = {
  name: 'make the project',
  run: async (scope, run) => {
    const { engagementId, contractId, wanted } = await readOnboarding(scope.tx, run.subject.id);
    const of = { engagementId: engagementId ?? '', contractId, opportunityId: run.subject.id };
    const { id } = await executeOne(scope, createOnboardedProject, { ...wanted.project, ...of });
    await executeOne(scope, projectAction('provision'), { id });
    await note(scope, run, { projectId: id, onboarding: 'PROVISIONING' });
  },
  compensate: async (scope, run) => {
    const { projectId, status } = await readOnboarding(scope.tx, run.subject.id);
    if (projectId && status.project !== 'CANCELLED') await executeOne(scope, projectAction('cancel'), { id: projectId });
  },
};

function askOutside({ systems, within }: ProvisioningRules): Own {
  return {
    name: 'ask systems outside',
    run: async (scope, run) => {
      const { projectId } = await readOnboarding(scope.tx, run.subject.id);
      const dueAt = new Date(scope.now.getTime() + within);
      await executeAll(
        scope,
        requestProvisioning,
        systems.map((system) => ({ projectId: projectId ?? '', system, dueAt })),
      );
    },
  };
}

const provisioned = 'wait for systems outside';

function waitOutside({ within }: ProvisioningRules): Own {
  return {
    name: provisioned,
    within,
    run: async (scope, run) => {
      const { projectId, status } = await readOnboarding(scope.tx, run.subject.id);
      if (status.project === 'CANCELLED') throw new Refused('INVALID_TRANSITION', 'The project was cancelled while systems outside set it up.');
      // Who activates a project by hand waits for nobody.
      if (status.project !== 'PROVISIONING') return undefined;
      const asked = await readProvisioning(scope.tx, projectId ?? '');
      const refused = asked.find((each) => each.status === 'REFUSED');
      if (refused) throw new Refused('UPSTREAM_UNAVAILABLE', `${refused.system} does not set the project up: ${refused.reason}`);
      const pending = asked.filter((each) => each.status === 'PENDING');
      const [first] = pending;
      if (!first) return undefined;
      const remindAt = new Date(first.dueAt.getTime() - within / 2);
      if (scope.now < remindAt) return new Waiting(remindAt);
      await executeAll(scope, remindProvisioning, pending);
      return new Waiting(first.dueAt, `The project waits for ${pending.map(({ system }) => system).join(', ')}, until ${first.dueAt.toISOString()}.`);
    },
  };
}

/** Those that let their time pass. */
async function silentSystems(scope: Scope, projectId: string | null): Promise<string[]> {
  if (!projectId) return [];
  const asked = await readProvisioning(scope.tx, projectId);
  return asked.flatMap(({ status, system, dueAt }) => (status === 'PENDING' && dueAt <= scope.now ? [system] : []));
}

const activate: Own = {
  name: 'activate',
  run: async (scope, run) => {
    const { engagementId, projectId, status } = await readOnboarding(scope.tx, run.subject.id);
    if (projectId && status.project === 'PROVISIONING') await executeOne(scope, projectAction('activate'), { id: projectId });
    if (engagementId && status.engagement === 'DRAFT') await executeOne(scope, engagementAction('activate'), { id: engagementId });
    await note(scope, run, { onboarding: 'DONE' });
    await resolveExceptions(scope, { process: name, subjectIds: [run.subject.id] });
  },
};

/** A won opportunity becomes engagement, contract and project, which systems outside set up; or all of it is taken back, and an exception says why. */
export function opportunityToProject(rules: ProvisioningRules): Process {
  return process({
    name,
    starts: [engagements.OpportunityWon, operations.ExceptionRetryRequested],
    when: (fact) => fact.type === 'OpportunityWon' || fact.payload.process === name,
    subject: (fact) => ({ type: 'Opportunity', id: fact.type === 'OpportunityWon' ? fact.subjectId : fact.payload.subjectId }),
    data: ({ keys }): Begun => ({ keys }),
    steps: [takeOn, check, makeEngagement, makeContract, makeProject, askOutside(rules), waitOutside(rules), activate],
  });
}

/** What systems outside answer, and what people do to the project meanwhile, is looked at by the run that waits for it. */
export const provisioningAnswers = consumer({
  name: 'provisioning-answers',
  facts: [engagements.ProvisioningAcknowledged, engagements.ProvisioningRefused, engagements.ProjectStatusChanged],
  batch: 100,
  handle: async (scope, facts) => {
    const opportunityIds = await opportunitiesOfProjects(
      scope.tx,
      facts.map(({ payload }) => payload.projectId),
    );
    if (opportunityIds.length > 0) await wakeRuns(scope, name, opportunityIds);
  },
});
