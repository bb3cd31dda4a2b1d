using System.Text.Json;
using ProductionOffice.Server.Desk;

namespace ProductionOffice.Server.Security;

/// <summary>Refuses the character NUL in what people and programs send: no text needs it, and PostgreSQL cannot keep it.</summary>
internal static class NulGuard
{
    /// <exception cref="OfficeProblem">The address asks for one.</exception>
    public static void Check(QueryString query)
    {
        if (query.Value?.Contains("%00", StringComparison.Ordinal) == true)
            throw Refuse("The address");
    }

    /// <exception cref="OfficeProblem">A field holds one.</exception>
    public static async Task CheckFormAsync(HttpRequest request)
    {
        try
        {
            foreach (var (name, values) in await request.ReadFormAsync(request.HttpContext.RequestAborted))
            {
                if (values.Any(v => v?.Contains('\0', StringComparison.Ordinal) == true))
                    throw Refuse($"'{name}'");
            }
        }
        catch (InvalidDataException e) when (e.InnerException is InvalidOperationException)
        {
            // The framework's own decoder of forms stops at one.
            throw Refuse("The form");
        }
    }

    /// <exception cref="OfficeProblem">A text or a name in it holds one.</exception>
    public static void Check(JsonElement json, string path)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String when json.GetString()!.Contains('\0', StringComparison.Ordinal):
                throw Refuse(path);
            case JsonValueKind.Array:
                foreach (var (index, item) in json.EnumerateArray().Index())
                    Check(item, FormattableString.Invariant($"{path}[{index}]"));
                break;
            case JsonValueKind.Object:
                foreach (var field in json.EnumerateObject())
                {
                    if (field.Name.Contains('\0', StringComparison.Ordinal))
                        throw Refuse($"A field's name in {path}");
                    Check(field.Value, $"{path}.{field.Name}");
                }

                break;
        }
    }

    private static OfficeProblem Refuse(string where) =>
        new(422, "text-unreadable", $"{where} holds a character that cannot be kept (NUL).", "Remove it, for example by typing the text anew. Nothing was changed.");
}
