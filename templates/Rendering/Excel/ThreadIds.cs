using System.Security.Cryptography;
using System.Text;

namespace ProductionOffice.Templates.Excel;

/// <summary>Ids of copied conversations: the same template and data give the same ids.</summary>
internal static class ThreadIds
{
    /// <summary>The id of a copy in a cell of the finished sheet.</summary>
    public static string Of(string id, string sheet, int column, int row) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{id}|{sheet}|{CellRef.Address(column, row)}")).AsSpan(0, 16)).ToString("B").ToUpperInvariant();
}
