import { anyId, day, id, instant, nullable, oneOf, shownMoney, text, thing, whole } from '#kernel/fields.ts';

// What the facts of this subgraph say, where several say the same.

export const name = text('Its name then.');
export const status = text('Its state then.');
export const previousStatus = text('Its state before.');
export const reason = text('Why, as whoever reopened it said.');

export const customer = { customerId: id('Customer'), name, status };
export const engagement = { engagementId: id('Engagement'), customerId: id('Customer'), name, status };
export const contract = {
  contractId: id('Contract'),
  customerId: id('Customer'),
  engagementId: id('Engagement'),
  name,
  status,
  currency: text('The currency it counts in.'),
  startDate: day('The first day.'),
  endDate: nullable(day('The last day.')),
  versionNumber: whole('The number of its newest version then.'),
  effectiveFrom: day('The first day of that version.'),
};
export const project = {
  projectId: id('Project'),
  customerId: id('Customer'),
  engagementId: id('Engagement'),
  contractId: nullable(id('Contract')),
  name,
  status,
};
export const opportunity = {
  opportunityId: id('Opportunity'),
  customerId: id('Customer'),
  name,
  status,
  value: nullable(shownMoney('What it was worth then; null while nobody had said.')),
  expectedCloseOn: nullable(day('When it was expected to be won or lost.')),
};
export const provisioning = {
  provisioningId: id('Provisioning'),
  projectId: id('Project'),
  customerId: id('Customer'),
  system: text('The system that has to set the project up.'),
  status,
  dueAt: instant('Until when it has to answer.'),
};
export const task = { taskId: id('Task'), projectId: id('Project'), customerId: id('Customer'), name, status };
export const milestone = {
  milestoneId: id('Milestone'),
  projectId: id('Project'),
  customerId: id('Customer'),
  contractId: id('Contract'),
  name,
  status,
  amount: shownMoney('The amount; null where only holders of a permission may know it.'),
  reachedOn: nullable(day('The day on which it was reached.')),
  acceptedOn: nullable(day('The day on which the customer accepted it.')),
};

export const amendment = { amendmentId: id('Amendment'), contractId: id('Contract'), customerId: id('Customer'), engagementId: id('Engagement'), name, status };
export const change = thing(
  {
    effectiveFrom: day('The first day on which it holds.'),
    part: oneOf(['TERMS', 'LINE', 'RATE'], 'What of the contract it is.'),
    line: nullable(text('The line that it is about, or whose rate it is.')),
    employeeId: nullable(anyId('The employee whose rate it is.')),
    laborCategoryId: nullable(anyId('The labor category whose rate it is.')),
    field: nullable(text('Which of the terms or of the line; null where the whole of a line or a rate came or went.')),
    before: nullable(text('What it said before; null when it is new.')),
    after: nullable(text('What it says now; null when it is gone.')),
  },
  'One thing that the contract says otherwise.',
);
