"""Lists of system calls that learner code has no use for, as programs that Linux' seccomp loads.

They are compiled here, outside, by libseccomp; inside, `tighten` only hands one to the kernel. What
is forbidden fails with EPERM, as where a right is missing, so that libraries can go on.
"""

from __future__ import annotations

import base64
import errno
import functools
import tempfile

from pathkit.classroom.inside_sandbox.tighten import OWN, VARIABLE
from pathkit.classroom.sandboxes.sandbox import NoSandbox
from pathkit.installation import install_extra

REQUIREMENT = "pyseccomp==0.1.2"
# Other processes, other machines, and the parts of the kernel where most of its holes were found.
KERNEL = """
    socket connect bind listen accept accept4
    ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp pidfd_getfd
    pidfd_open pidfd_send_signal setpriority ioprio_set sched_setscheduler sched_setparam
    sched_setattr move_pages migrate_pages
    unshare setns mount umount2 pivot_root chroot move_mount open_tree fsopen fsconfig fsmount
    fspick mount_setattr quotactl quotactl_fd swapon swapoff acct
    bpf perf_event_open userfaultfd io_uring_setup io_uring_enter io_uring_register
    keyctl add_key request_key memfd_create memfd_secret name_to_handle_at open_by_handle_at
    fanotify_init fanotify_mark
    shmget shmat shmctl shmdt msgget msgsnd msgrcv msgctl semget semop semtimedop semctl
    mq_open mq_unlink
    personality modify_ldt iopl ioperm kexec_load kexec_file_load init_module finit_module
    delete_module reboot syslog vhangup settimeofday clock_settime adjtimex clock_adjtime
    sethostname setdomainname
""".split()
# What landlock leaves to the owner of a file, and what it forbids as well.
FILES = """
    chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes utimensat futimesat
    setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr setxattrat removexattrat
    rename renameat renameat2 link linkat symlink symlinkat unlink unlinkat mkdir mkdirat rmdir
    mknod mknodat truncate inotify_init inotify_init1 flock
""".split()
PROGRAMS = ["execve", "execveat"]
PROCESSES = ["fork", "vfork", "setsid", "setpgid", "tkill"]
CLONE_THREAD = 0x00010000
F_SETOWN, F_SETSIG, F_SETOWN_EX = 8, 10, 15
TIOCSTI, TIOCLINUX, FIOSETOWN, SIOCSPGRP = 0x5412, 0x541C, 0x8901, 0x8902
LOW = 0xFFFFFFFF  # the kernel looks at 32 bits of these arguments


@functools.cache
def whole() -> bytes:
    """For all that runs where landlock alone guards the files. Raises NoSandbox."""
    return _compiled([*KERNEL, *FILES, *PROGRAMS], of_a_job=False)


@functools.cache
def of_a_job() -> bytes:
    """For the process that a learner's code runs in: it starts no other, and signals none.

    The number of that process goes where OWN stands. Raises NoSandbox.
    """
    return _compiled([*KERNEL, *PROGRAMS, *PROCESSES], of_a_job=True)


def for_jobs() -> dict[str, str]:
    """The environment variable with what `tighten` loads. Raises NoSandbox."""
    return {VARIABLE: base64.b64encode(of_a_job()).decode()}


def where_there_is_one() -> dict[str, str]:
    """The same for a sandbox that holds without it, too."""
    try:
        return for_jobs()
    except NoSandbox:
        return {}


def _compiled(names: list[str], of_a_job: bool) -> bytes:
    try:
        import pyseccomp as seccomp
    except ImportError:
        raise NoSandbox(f"it needs pyseccomp: {install_extra('sandbox')}") from None
    except (RuntimeError, OSError) as error:
        raise NoSandbox(f"{error}: apt install libseccomp2") from error
    made = seccomp.SyscallFilter(seccomp.ALLOW)
    denied = seccomp.ERRNO(errno.EPERM)

    def deny(name: str, *arguments: seccomp.Arg, action: int = denied) -> None:
        # An older libseccomp doesn't know the newest calls: nor does the kernel beside it.
        if seccomp.resolve_syscall(seccomp.system_arch(), name) != -1:
            made.add_rule(action, name, *arguments)

    for name in names:
        deny(name)
    for command in (F_SETOWN, F_SETSIG, F_SETOWN_EX):  # signals by way of a file
        deny("fcntl", seccomp.Arg(1, seccomp.MASKED_EQ, LOW, command))
    for request in (TIOCSTI, TIOCLINUX, FIOSETOWN, SIOCSPGRP):
        deny("ioctl", seccomp.Arg(1, seccomp.MASKED_EQ, LOW, request))
    if of_a_job:
        deny("clone", seccomp.Arg(0, seccomp.MASKED_EQ, CLONE_THREAD, 0))
        deny("clone3", action=seccomp.ERRNO(errno.ENOSYS))  # libraries then take clone
        for name in ("kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"):
            deny(name, seccomp.Arg(0, seccomp.NE, OWN))
        for name in ("prlimit64", "sched_setaffinity"):
            deny(name, seccomp.Arg(0, seccomp.NE, 0))
    with tempfile.TemporaryFile() as file:
        made.export_bpf(file)
        file.seek(0)
        return file.read()
