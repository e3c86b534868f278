// What the stand-in on a laptop writes down: nothing.
import { type AuditByRuns, auditedOnLaptop } from '../audited';

export const audit: AuditByRuns = auditedOnLaptop({
  recorded: [],
  missing: 'Logins: it takes every mail and delivers none.',
  where: null,
  source: 'https://mailpit.axllent.org/docs/configuration/smtp/',
});
