using System.Reflection;

namespace ProductionOffice.TestKit;

/// <summary>Writes the public surface of an assembly as text, so that a widened surface shows in a diff.</summary>
public static class PublicApi
{
    /// <summary>One line a public type, its declared public members below, both in ordinal order.</summary>
    public static string Describe(Assembly assembly) => string.Join("\n", assembly.GetExportedTypes()
        .OrderBy(t => t.FullName, StringComparer.Ordinal)
        .Select(t => $"{Kind(t)} {t.FullName}\n{Members(t)}".TrimEnd()));

    private static string Kind(Type type) =>
        type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : type is { IsAbstract: true, IsSealed: true } ? "static" : "class";

    private static string Members(Type type) => string.Join("\n", type
        .GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(m => m is not MethodBase { IsSpecialName: true, MemberType: MemberTypes.Method } && m is not Type)
        .Where(m => !type.IsEnum || m is FieldInfo { IsLiteral: true })
        .Select(m => "  " + m.ToString()!.Replace("ProductionOffice.", "", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal));
}
