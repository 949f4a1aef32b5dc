/** The chip that says how fresh what you see is. */
export const link = {
  readAgo: (age: string) => `Read ${age} ago`,
  disconnected: (since: string) => `Disconnected since ${since}`,
  showing: (from: string) => `showing data from ${from}`,
  brokerDown: (since: string) => `Broker out of reach since ${since}`,
  tryNow: 'Try now',
  explain: 'Shown data is read again every 10 s while this page is visible, and when you come back to it.',
} as const;
