interface Counts {
  passed: number;
  failed: number;
}

export const vitestReport: string;
export const playwrightReport: string;
export function removeReports(): void;
export function vitestCounts(report?: object): Counts;
export function playwrightCounts(report?: object): Counts;
