// Decides the numbers of the operational documents.
import type { OperationsPlan } from '../types/platform';

/**
 * The fast alert fires after about two minutes and at its rate a month's error budget of 99.9 % lasts fifty hours: a quarter of an
 * hour without an answer is half a percent of it. https://sre.google/workbook/incident-response/ and
 * https://sre.google/sre-book/being-on-call/ (five minutes for what users notice, a review within days).
 * Days of updates: https://www.cisa.gov/news-events/directives/bod-22-01-reducing-significant-risk-known-exploited-vulnerabilities
 * allows 14 for what is exploited; what a machine finds every week and a rebuild mends needs no more than one.
 */
export const operations: OperationsPlan = {
  firstAnswerMinutes: 5,
  escalateMinutes: 15,
  everybodyMinutes: 30,
  statusMinutes: 30,
  reviewDays: 5,
  criticalFixDays: 2,
  highFixDays: 7,
  why: 'five minutes for what users notice, as the SRE book has it; the weekly scan sets the pace of updates',
};
