// What Kafka writes into its log so that a person can tell afterwards who did what.
import { type AuditByRuns, auditedByUs } from '../audited';

export const audit: AuditByRuns = auditedByUs({
  // Strimzi's own configuration has the same logger at the same level.
  recorded: ['each request that was denied, with account, address, operation and topic (kafka.authorizer.logger)'],
  missing: 'Requests that were allowed: the authorizer writes them at DEBUG, a line for each.',
  where: '{log}',
  source: 'https://kafka.apache.org/documentation/#security_authz',
});
