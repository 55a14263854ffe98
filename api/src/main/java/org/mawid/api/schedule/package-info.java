/**
 * What a post wants of its calendars for a period, how that differs from what is there, and the one staged change that brings it about; and a desk as a calendar.
 * <p>Door: {@link org.mawid.api.schedule.ScheduleDesk} for the edges, behind it {@link org.mawid.api.schedule.Schedules}; what goes in is a {@link org.mawid.api.schedule.WantedSchedule}, written as
 * {@link org.mawid.api.schedule.WrittenSchedule} reads it, or from the network's files by {@link org.mawid.api.schedule.FileSchedules}; what comes out is told by {@link org.mawid.api.schedule.Words}
 * and {@link org.mawid.api.schedule.ScheduleJson}. Threads: what is immutable any; the desk one caller at a time on a thread of its own, which may wait. Time: given by the caller. Nothing is kept but
 * the days, which are the log's, and beside it what a killed server would leave staged. Not here: what happens to people when something closes (see {@code closure}), the files of the whole network (see
 * {@code network}).
 */
package org.mawid.api.schedule;
