using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ProductionOffice.Server.Tests.Security;

/// <summary>A fingerprint of every table but the audit, which records that deal terms were read.</summary>
internal static class Dump
{
    public static async Task<IReadOnlyDictionary<string, string>> OfAsync(BoardOffice office)
    {
        await using var context = await office.Store.ReadAsync(CancellationToken.None);
        var tables = context.Model.GetEntityTypes().Select(e => e.GetTableName()!).Where(t => t != "po_audit").Distinct();
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        await connection.OpenAsync();
        var result = new SortedDictionary<string, string>();
        foreach (var table in tables)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\" ORDER BY 1, 2";
            var text = new StringBuilder();
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                for (var column = 0; column < reader.FieldCount; column++)
                    text.Append(reader.GetValue(column)).Append('|');
            }

            result[table] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        }

        return result;
    }
}
