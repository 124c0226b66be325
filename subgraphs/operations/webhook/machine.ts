import type { Machine } from '#kernel/machine.ts';

export type WebhookEndpointStatus = 'ACTIVE' | 'DISABLED' | 'RETIRED';

/** What the guards of an endpoint judge. */
export type WebhookEndpointSubject = { status: WebhookEndpointStatus };

const changes = { may: 'webhook:write', emits: 'WebhookEndpointChanged' } as const;

export const webhookEndpointMachine = {
  entity: 'WebhookEndpoint',
  states: ['ACTIVE', 'DISABLED', 'RETIRED'],
  initial: 'ACTIVE',
  actions: {
    disable: { ...changes, from: ['ACTIVE'], to: 'DISABLED', by: 'disableWebhookEndpoint' },
    enable: { ...changes, from: ['DISABLED'], to: 'ACTIVE', by: 'enableWebhookEndpoint' },
    retire: { ...changes, from: ['ACTIVE', 'DISABLED'], to: 'RETIRED', by: 'retireWebhookEndpoint' },
  },
} as const satisfies Machine<WebhookEndpointStatus, WebhookEndpointSubject, 'WebhookEndpointChanged'>;
