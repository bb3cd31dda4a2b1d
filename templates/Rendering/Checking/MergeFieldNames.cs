using System.Text;
using ProductionOffice.Templates.Tags;

namespace ProductionOffice.Templates.Checking;

/// <summary>Names of the merge fields that stand inside a word of an IF field.</summary>
internal static class MergeFieldNames
{
    public static IEnumerable<string> In(string word)
    {
        var at = 0;
        while ((at = word.IndexOf(MergeField.NestedStart, at)) >= 0)
        {
            var end = word.IndexOf(MergeField.NestedEnd, at);
            if (end < 0)
                yield break;
            var nested = MergeField.Parse(Encoding.UTF8.GetString(Convert.FromHexString(word[(at + 1)..end])));
            if (nested.Condition is null)
                yield return nested.Name;
            foreach (var inner in (nested.Condition ?? []).SelectMany(In))
                yield return inner;
            at = end;
        }
    }
}
