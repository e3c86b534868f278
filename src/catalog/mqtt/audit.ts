// What Mosquitto writes into its log so that a person can tell afterwards who did what.
import { type AuditByRuns, auditedOnLaptop } from '../audited';

export const audit: AuditByRuns = auditedOnLaptop({
  recorded: ['each connection, refused ones too, and its end, with account and address'],
  missing: 'Messages: a broker writes none of them down.',
  where: '{log}',
  source: 'https://mosquitto.org/man/mosquitto-conf-5.html',
});
