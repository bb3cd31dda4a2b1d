return await ProductionOffice.Server.Commands.OfficeCommand.RunAsync(args);
