using ProductionOffice.Expressions;

namespace ProductionOffice.Templates.Excel;

/// <summary>Dates and times as the numbers Excel counts days with.</summary>
internal static class ExcelDate
{
    private const int DaysTo1904 = 1462;

    /// <summary>The number a formatter (<c>date</c>, <c>time</c>, <c>datetime</c>) gives, or null when the value is none or Excel cannot count it: days before its calendar begins.</summary>
    public static double? Serial(Value value, string formatter, EvaluationContext context, bool from1904)
    {
        if (!DateParts.TryRead(value, context, out var parts))
            return null;
        if (formatter == "time")
            return parts.Local.TimeOfDay.TotalDays;
        if (!parts.HasDate)
            return null;
        return Days(formatter == "date" ? parts.Local.Date : parts.Local, from1904);
    }

    /// <summary>A moment as a number; null before the calendar begins.</summary>
    public static double? Days(DateTime local, bool from1904)
    {
        var days = (local - new DateTime(1899, 12, 30)).TotalDays;
        if (from1904)
            return days >= DaysTo1904 ? days - DaysTo1904 : null;
        // Excel's first calendar has a 29 February 1900, which never was.
        if (days < 61)
            days--;
        return days >= 1 ? days : null;
    }
}
