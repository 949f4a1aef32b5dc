import {
  type Icon,
  IconArrowBackUp,
  IconArrowDown,
  IconArrowsLeftRight,
  IconArrowUp,
  IconCheck,
  IconChevronDown,
  IconChevronLeft,
  IconChevronRight,
  IconClock,
  IconCopy,
  IconDeviceDesktop,
  IconDots,
  IconFocus2,
  IconEye,
  IconEyeOff,
  IconFileCode,
  IconGitCompare,
  IconHeartbeat,
  IconInfoCircle,
  IconKey,
  IconKeyboard,
  IconLayoutGrid,
  IconLayoutRows,
  IconLock,
  IconLogout,
  IconMenu2,
  IconMoon,
  IconNote,
  IconNotebook,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlus,
  IconRefresh,
  IconSearch,
  IconServer2,
  IconStack2,
  IconSun,
  IconTable,
  IconTag,
  IconTarget,
  IconTrash,
  IconUpload,
  IconUser,
  IconX,
} from '@tabler/icons-react';

/** The console's icons at their one size and weight; the name beside them says what they mean. */
const at = (Shape: Icon) => () => <Shape size={16} stroke={1.5} aria-hidden="true" focusable="false" style={{ flex: 'none' }} />;

export const BackIcon = /* @__PURE__ */ at(IconArrowBackUp);
export const DownIcon = /* @__PURE__ */ at(IconArrowDown);
export const UpIcon = /* @__PURE__ */ at(IconArrowUp);
export const CheckIcon = /* @__PURE__ */ at(IconCheck);
export const ChevronDownIcon = /* @__PURE__ */ at(IconChevronDown);
export const LeftIcon = /* @__PURE__ */ at(IconChevronLeft);
export const RightIcon = /* @__PURE__ */ at(IconChevronRight);
export const ClockIcon = /* @__PURE__ */ at(IconClock);
export const CopyIcon = /* @__PURE__ */ at(IconCopy);
export const ScreenIcon = /* @__PURE__ */ at(IconDeviceDesktop);
export const DotsIcon = /* @__PURE__ */ at(IconDots);
export const EyeIcon = /* @__PURE__ */ at(IconEye);
export const EyeOffIcon = /* @__PURE__ */ at(IconEyeOff);
export const CodeIcon = /* @__PURE__ */ at(IconFileCode);
export const CompareIcon = /* @__PURE__ */ at(IconGitCompare);
export const HealthIcon = /* @__PURE__ */ at(IconHeartbeat);
export const InfoIcon = /* @__PURE__ */ at(IconInfoCircle);
export const KeyboardIcon = /* @__PURE__ */ at(IconKeyboard);
export const MapIcon = /* @__PURE__ */ at(IconLayoutGrid);
export const GroupIcon = /* @__PURE__ */ at(IconLayoutRows);
export const TableIcon = /* @__PURE__ */ at(IconTable);
export const KeyIcon = /* @__PURE__ */ at(IconKey);
export const LockIcon = /* @__PURE__ */ at(IconLock);
export const SignOutIcon = /* @__PURE__ */ at(IconLogout);
export const MenuIcon = /* @__PURE__ */ at(IconMenu2);
export const MoonIcon = /* @__PURE__ */ at(IconMoon);
export const NoteIcon = /* @__PURE__ */ at(IconNote);
export const AuditIcon = /* @__PURE__ */ at(IconNotebook);
export const EditIcon = /* @__PURE__ */ at(IconPencil);
export const PauseIcon = /* @__PURE__ */ at(IconPlayerPause);
export const PlayIcon = /* @__PURE__ */ at(IconPlayerPlay);
export const PlusIcon = /* @__PURE__ */ at(IconPlus);
export const RefreshIcon = /* @__PURE__ */ at(IconRefresh);
export const SearchIcon = /* @__PURE__ */ at(IconSearch);
export const FleetIcon = /* @__PURE__ */ at(IconServer2);
export const StacksIcon = /* @__PURE__ */ at(IconStack2);
export const ScopeIcon = /* @__PURE__ */ at(IconFocus2);
export const SunIcon = /* @__PURE__ */ at(IconSun);
export const TagIcon = /* @__PURE__ */ at(IconTag);
export const TargetIcon = /* @__PURE__ */ at(IconTarget);
export const SwapIcon = /* @__PURE__ */ at(IconArrowsLeftRight);
export const TrashIcon = /* @__PURE__ */ at(IconTrash);
export const UploadIcon = /* @__PURE__ */ at(IconUpload);
export const UserIcon = /* @__PURE__ */ at(IconUser);
export const CloseIcon = /* @__PURE__ */ at(IconX);
