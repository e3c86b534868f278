// Turns the owners of services into Slack channels, and the channels into receivers of Alertmanager.
import { channelsFor, type PlatformFacts } from '../../../model/platform-facts';
import type { PlatformPlan, ReceiverPlan } from '../../types/platform';
import type { PlannedService } from '../input';
import { platformOwner } from './scope';

export type Channels = PlatformPlan['channels'];

/** Channels of every owner, the platform's among them, by name. */
export function planChannels(facts: PlatformFacts, services: readonly Pick<PlannedService, 'plan'>[]): Channels {
  const owners = [...new Set([platformOwner, ...services.map(({ plan }) => plan.identity.owner)])].sort();
  return owners.map((owner) => ({
    owner,
    ...channelsFor(facts, owner),
    declared: facts.notify[owner] !== undefined || facts.notify.default !== undefined,
  }));
}

/** `#finance-pager` → `slack-finance-pager`: a name that is also a file and a property of the secret store. */
export const receiverName = (channel: string): string =>
  `slack-${channel.replace(/[^a-zA-Z0-9_-]+/g, '-').replace(/^-+|-+$/g, '')}`;

/** One receiver for each channel that anybody uses. */
export function planReceivers(channels: Channels): ReceiverPlan[] {
  const names = new Set(channels.flatMap(({ critical, warning, info }) => [critical, warning, info]));
  return [...names].sort().map((channel) => {
    const name = receiverName(channel);
    return { name, channel, secretFile: name };
  });
}
