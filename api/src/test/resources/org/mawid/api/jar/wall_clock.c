/*
 * A wall clock that a test can step. Preloaded into a process, it adds so many nanoseconds to what the system says: signed, in the machine's
 * byte order, the first eight bytes of the file that WALL_CLOCK_STEP names. They may change at any time. The monotonic clock is not touched.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define NANOS_PER_SECOND 1000000000LL

typedef int (*reader)(clockid_t, struct timespec *);

static reader system_clock; /* Not by a call of the system each time: the monotonic clock is read often. */
static const volatile int64_t *step_nanos;

__attribute__((constructor)) static void begin(void) {
    const char *name = getenv("WALL_CLOCK_STEP");
    int file = name == NULL ? -1 : open(name, O_RDONLY | O_CLOEXEC);
    void *shared = file < 0 ? MAP_FAILED : mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
    if (shared == MAP_FAILED) {
        perror("WALL_CLOCK_STEP");
        _exit(1); /* Rather than a test that steps nothing. */
    }
    close(file);
    system_clock = (reader) dlsym(RTLD_NEXT, "clock_gettime");
    step_nanos = shared;
}

static int64_t wall_nanos(const struct timespec *now) {
    return now->tv_sec * NANOS_PER_SECOND + now->tv_nsec + (step_nanos == NULL ? 0 : *step_nanos);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int failed = system_clock == NULL ? (int) syscall(SYS_clock_gettime, clock, now) : system_clock(clock, now);
    if (failed == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        int64_t nanos = wall_nanos(now);
        now->tv_sec = nanos / NANOS_PER_SECOND;
        now->tv_nsec = nanos % NANOS_PER_SECOND;
    }
    return failed;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    (void) zone;
    struct timespec exact;
    int failed = clock_gettime(CLOCK_REALTIME, &exact);
    if (failed == 0) {
        now->tv_sec = exact.tv_sec;
        now->tv_usec = exact.tv_nsec / 1000;
    }
    return failed;
}

time_t time(time_t *also) {
    struct timespec exact;
    time_t seconds = clock_gettime(CLOCK_REALTIME, &exact) == 0 ? exact.tv_sec : (time_t) -1;
    if (also != NULL) {
        *also = seconds;
    }
    return seconds;
}
