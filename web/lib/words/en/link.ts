/** The chip that says how fresh what you see is. */
export const link = {
  readAgo: (age: string) => `Read ${age} ago`,
  out: { console: 'Disconnected', broker: 'Broker out of reach' },
  since: (time: string) => `since ${time}`,
  showing: (from: string) => `showing data from ${from}`,
  tryNow: 'Try now',
  explain: 'Shown data is read again every 10 s while this page is visible, and when you come back to it.',
} as const;
