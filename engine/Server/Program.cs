using Microsoft.EntityFrameworkCore;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Persistence.Sqlite;

var options = new DbContextOptionsBuilder<OfficeDbContext>();
SqliteDatabase.Configure(options, "x.db");
using var context = new OfficeDbContext(options.Options);
System.Console.WriteLine(context.Database.GenerateCreateScript());
