/** The mark of the console. */
export function Anvil({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="currentColor" aria-hidden="true">
      <path d="M2 4h12.2L18.5 5.6 14.4 8.6c-.9.6-1.9 1.3-2.2 2.6l-.2 1.3h1.9l1.1 1.9V16H5v-1.6l1.1-1.9H8l-.2-1.4C7.500 9.700 6.300 9 5 8.700 3 8.300 2 6.600 2 4.600z" />
    </svg>
  );
}
