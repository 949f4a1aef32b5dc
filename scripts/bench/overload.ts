export async function measureOverload(): Promise<void> {}
