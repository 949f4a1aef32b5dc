import {
  type Icon,
  IconArrowDown,
  IconArrowUp,
  IconCheck,
  IconChevronDown,
  IconChevronLeft,
  IconChevronRight,
  IconCopy,
  IconDeviceDesktop,
  IconDots,
  IconEye,
  IconEyeOff,
  IconKey,
  IconLock,
  IconLogout,
  IconMenu2,
  IconMoon,
  IconNotebook,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlus,
  IconRefresh,
  IconSearch,
  IconServer2,
  IconSun,
  IconTrash,
  IconUser,
  IconX,
} from '@tabler/icons-react';

/** The console's icons at their one size and weight; the name beside them says what they mean. */
const at = (Shape: Icon) => () => <Shape size={16} stroke={1.5} aria-hidden="true" focusable="false" style={{ flex: 'none' }} />;

export const DownIcon = /* @__PURE__ */ at(IconArrowDown);
export const UpIcon = /* @__PURE__ */ at(IconArrowUp);
export const CheckIcon = /* @__PURE__ */ at(IconCheck);
export const ChevronDownIcon = /* @__PURE__ */ at(IconChevronDown);
export const LeftIcon = /* @__PURE__ */ at(IconChevronLeft);
export const RightIcon = /* @__PURE__ */ at(IconChevronRight);
export const CopyIcon = /* @__PURE__ */ at(IconCopy);
export const ScreenIcon = /* @__PURE__ */ at(IconDeviceDesktop);
export const DotsIcon = /* @__PURE__ */ at(IconDots);
export const EyeIcon = /* @__PURE__ */ at(IconEye);
export const EyeOffIcon = /* @__PURE__ */ at(IconEyeOff);
export const KeyIcon = /* @__PURE__ */ at(IconKey);
export const LockIcon = /* @__PURE__ */ at(IconLock);
export const SignOutIcon = /* @__PURE__ */ at(IconLogout);
export const MenuIcon = /* @__PURE__ */ at(IconMenu2);
export const MoonIcon = /* @__PURE__ */ at(IconMoon);
export const AuditIcon = /* @__PURE__ */ at(IconNotebook);
export const EditIcon = /* @__PURE__ */ at(IconPencil);
export const PauseIcon = /* @__PURE__ */ at(IconPlayerPause);
export const PlayIcon = /* @__PURE__ */ at(IconPlayerPlay);
export const PlusIcon = /* @__PURE__ */ at(IconPlus);
export const RefreshIcon = /* @__PURE__ */ at(IconRefresh);
export const SearchIcon = /* @__PURE__ */ at(IconSearch);
export const FleetIcon = /* @__PURE__ */ at(IconServer2);
export const SunIcon = /* @__PURE__ */ at(IconSun);
export const TrashIcon = /* @__PURE__ */ at(IconTrash);
export const UserIcon = /* @__PURE__ */ at(IconUser);
export const CloseIcon = /* @__PURE__ */ at(IconX);
