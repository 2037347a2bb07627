package org.postbag.staff;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.HashSet;
import java.util.Set;

/**
 * Days on which the body works: Monday to Friday without the bank holidays of England and Wales that the Banking and Financial Dealings Act 1971 and
 * custom fix. It doesn't know one-off holidays: a date promised across one is a day tighter for the body, never later for the person.
 */
public final class WorkingDays {

    private WorkingDays() {}

    /** The working day that comes {@code days} working days after a day, which itself doesn't count. */
    public static LocalDate after(LocalDate day, int days) {
        var end = day;
        for (int counted = 0; counted < days; ) {
            end = end.plusDays(1);
            if (isWorkingDay(end)) {
                counted++;
            }
        }
        return end;
    }

    public static boolean isWorkingDay(LocalDate day) {
        return !isWeekend(day) && !holidays(day.getYear()).contains(day);
    }

    private static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    private static Set<LocalDate> holidays(int year) {
        var days = new HashSet<LocalDate>();
        var easter = easter(year);
        days.add(easter.minusDays(2));
        days.add(easter.plusDays(1));
        days.add(LocalDate.of(year, Month.MAY, 1).with(TemporalAdjusters.firstInMonth(DayOfWeek.MONDAY)));
        days.add(LocalDate.of(year, Month.MAY, 1).with(TemporalAdjusters.lastInMonth(DayOfWeek.MONDAY)));
        days.add(LocalDate.of(year, Month.AUGUST, 1).with(TemporalAdjusters.lastInMonth(DayOfWeek.MONDAY)));
        // One that falls on a weekend moves to the next weekday that is free.
        for (var fixed :
                new LocalDate[] {LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 25), LocalDate.of(year, 12, 26)}) {
            var day = fixed;
            while (isWeekend(day) || days.contains(day)) {
                day = day.plusDays(1);
            }
            days.add(day);
        }
        return days;
    }

    /** Easter Sunday by the anonymous Gregorian algorithm (Nature, 20 April 1876). */
    private static LocalDate easter(int year) {
        int a = year % 19;
        int b = year / 100;
        int c = year % 100;
        int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
        int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
        return LocalDate.of(year, f / 31, f % 31 + 1);
    }
}
